import { dialectSuite, fakeDialect } from '@yama/testkit'
import { fakeLanguage } from '../src/suite/suite-language.ts'

dialectSuite('fake', fakeDialect, { language: fakeLanguage })
